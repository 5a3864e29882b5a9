# Run: gnuplot -d heatmap-frechet.gp
set terminal svg size 403,826 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'heatmap-frechet.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'frechet (lower is better)' at screen 0.029777, screen 0.97821 left font ',14' noenhanced
set palette defined (0 '#FDE725', 1 '#ADDC30', 2 '#5EC962', 3 '#28AE80', 4 '#21918C', 5 '#2C728E', 6 '#3B528B', 7 '#472D7B', 8 '#440154')
unset colorbox
set cbrange [0:1]
set xrange [0.5:2.5]
set yrange [24.5:0.5]
set tics scale 0
unset border
set xtics ('none' 1, 'r1' 2) noenhanced textcolor rgb '#333333'
set lmargin at screen 0.31901
set rmargin at screen 0.96417
set tmargin at screen 0.92736
set bmargin at screen 0.05569
set title '' font ',12' offset 0,-0.7 noenhanced
set ytics ('nonsaturating' 1, 'minimax' 2, 'hinge' 3, 'wasserstein' 4, 'lsgan' 5, 'absolute' 6, 'relativistic' 7, 'average' 8, 'kl' 9, 'reverse-kl' 10, 'pearson' 11, 'hellinger' 12, 'jeffrey' 13, 'softmax' 14, 'dual-contrastive' 15, 'kl-wgan' 16, 'gan-qp' 17, 'mmd' 18, 'scaled-mmd' 19, 'cramer' 20, 'moment-matching' 21, 'ebgan' 22, 'began' 23, 'infomax' 24) noenhanced textcolor rgb '#333333'
set xlabel 'regularizer' offset 0,0.3 noenhanced
plot 'heatmap-frechet.dat' index 0 using 1:2:($1-0.49):($1+0.49):($2-0.48):($2+0.48):3 with boxxyerror fs solid 1 noborder lc palette notitle, \
  'heatmap-frechet.dat' index 1 using 1:2:3 with labels font ',11' tc rgb '#ffffff' noenhanced notitle, \
  'heatmap-frechet.dat' index 2 using 1:2:3 with labels font ',11' tc rgb '#000000' noenhanced notitle
unset label
unset arrow
unset multiplot
set output
