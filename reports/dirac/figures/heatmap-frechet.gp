# Run: gnuplot -d heatmap-frechet.gp
set terminal svg size 900,256 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'heatmap-frechet.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'frechet (lower is better)' at screen 0.013333, screen 0.92969 left font ',14' noenhanced
set palette defined (0 '#FDE725', 1 '#ADDC30', 2 '#5EC962', 3 '#28AE80', 4 '#21918C', 5 '#2C728E', 6 '#3B528B', 7 '#472D7B', 8 '#440154')
unset colorbox
set cbrange [0:1]
set xrange [0.5:3.5]
set yrange [5.5:0.5]
set tics scale 0
unset border
set xtics ('nonsaturating' 1, 'minimax' 2, 'wasserstein' 3) noenhanced textcolor rgb '#333333'
set lmargin at screen 0.094933
set rmargin at screen 0.38107
set tmargin at screen 0.76562
set bmargin at screen 0.17969
set title 'play = alternating' font ',12' offset 0,-0.7 noenhanced
set ytics ('none' 1, 'r1' 2, 'wgan-gp' 3, 'consensus' 4, 'noise' 5) noenhanced textcolor rgb '#333333'
set xlabel 'loss' offset 0,0.3 noenhanced
plot 'heatmap-frechet.dat' index 0 using 1:2:($1-0.49):($1+0.49):($2-0.48):($2+0.48):3 with boxxyerror fs solid 1 noborder lc palette notitle, \
  'heatmap-frechet.dat' index 1 using 1:2:3 with labels font ',11' tc rgb '#ffffff' noenhanced notitle, \
  'heatmap-frechet.dat' index 2 using 1:2:3 with labels font ',11' tc rgb '#000000' noenhanced notitle
unset label
unset arrow
set lmargin at screen 0.39662
set rmargin at screen 0.68276
set tmargin at screen 0.76562
set bmargin at screen 0.17969
set title 'play = simultaneous' font ',12' offset 0,-0.7 noenhanced
unset ytics
set xlabel 'loss' offset 0,0.3 noenhanced
plot 'heatmap-frechet.dat' index 3 using 1:2:($1-0.49):($1+0.49):($2-0.48):($2+0.48):3 with boxxyerror fs solid 1 noborder lc palette notitle, \
  'heatmap-frechet.dat' index 4 using 1:2:3 with labels font ',11' tc rgb '#ffffff' noenhanced notitle, \
  'heatmap-frechet.dat' index 5 using 1:2:3 with labels font ',11' tc rgb '#000000' noenhanced notitle
set lmargin at screen 0.69831
set rmargin at screen 0.98444
set tmargin at screen 0.76562
set bmargin at screen 0.17969
set title 'play = extragradient' font ',12' offset 0,-0.7 noenhanced
unset ytics
set xlabel 'loss' offset 0,0.3 noenhanced
plot 'heatmap-frechet.dat' index 6 using 1:2:($1-0.49):($1+0.49):($2-0.48):($2+0.48):3 with boxxyerror fs solid 1 noborder lc palette notitle, \
  'heatmap-frechet.dat' index 7 using 1:2:3 with labels font ',11' tc rgb '#ffffff' noenhanced notitle, \
  'heatmap-frechet.dat' index 8 using 1:2:3 with labels font ',11' tc rgb '#000000' noenhanced notitle
unset multiplot
set output
