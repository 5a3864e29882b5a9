# Run: gnuplot -d arms-frechet.gp
set terminal svg size 900,173 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'arms-frechet.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'frechet (lower is better)' at screen 0.013333, screen 0.89595 left font ',14' noenhanced
set grid x lc rgb '#e4e4e4' lt 1
set bars 0.4
set yrange [3.5:0.5]
unset logscale x
set xrange [17.325:28.618]
set xtics ('20' 20, '25' 25)
set lmargin at screen 0.10213
set rmargin at screen 0.48444
set tmargin at screen 0.65318
set bmargin at screen 0.27746
set title 'loss = nonsaturating' font ',12' offset 0,-0.7 noenhanced
set ytics ('hard' 1, 'one-sided' 2, 'two-sided' 3) scale 0 noenhanced textcolor rgb '#333333'
set xlabel 'frechet' offset 0,0.4 noenhanced
plot 'arms-frechet.dat' index 0 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet.dat' index 1 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet.dat' index 2 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 3 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle
unset label
unset arrow
set lmargin at screen 0.60213
set rmargin at screen 0.98444
set tmargin at screen 0.65318
set bmargin at screen 0.27746
set title 'loss = hinge, labels = hard' font ',12' offset 0,-0.7 noenhanced
set ytics ('hinge · hard' 1) scale 0 noenhanced textcolor rgb '#333333'
set xlabel 'frechet' offset 0,0.4 noenhanced
plot 'arms-frechet.dat' index 4 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet.dat' index 5 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet.dat' index 6 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle
unset multiplot
set output
